"""Addresses of identity: the door, my own account, the people of my agency."""

from django.urls import path

from motcua.foundation.identity import desk

urlpatterns = [
    path("dang-nhap", desk.sign_in, name="sign-in"),
    path("dang-xuat", desk.sign_out, name="sign-out"),
    path("ma-cap-lai", desk.use_code, name="use-code"),
    path("khoa", desk.lock, name="lock"),
    path("doi-nguoi", desk.switch_officer, name="switch-officer"),
    path("tai-khoan", desk.my_account, name="my-account"),
    path("tai-khoan/mat-khau", desk.change_password, name="change-password"),
    path("tai-khoan/ma-pin", desk.set_pin, name="set-pin"),
    path("tai-khoan/co-quan", desk.switch_agency, name="switch-agency"),
    path("tai-khoan/phien", desk.end_sessions, name="end-sessions"),
    path("can-bo", desk.people, name="people"),
    path("can-bo/mo-tai-khoan", desk.open_account, name="open-account"),
    path("can-bo/co-quan-khac", desk.give_role_outside, name="give-role-outside"),
    path("can-bo/cho-xep", desk.left_behind, name="left-behind"),
    path("can-bo/<str:public_id>", desk.person, name="person"),
    path("can-bo/<str:public_id>/cap-lai", desk.reset, name="reset-account"),
    path("can-bo/<str:public_id>/<slug:slug>", desk.do_person, name="person-do"),
    path("vai-tro/<str:public_id>/<slug:slug>", desk.do_role, name="role-do"),
    path("tu-choi", desk.denials, name="denials"),
    path("uy-quyen/<str:public_id>/ket-thuc", desk.end_lending, name="end-lending"),
]
